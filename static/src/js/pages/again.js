import "../elements/transcription_options.js";
