import "./shell.js";
import "../elements/transcription_options.js";
import "../elements/uploader.js";
