import "../elements/caption_view.js";
