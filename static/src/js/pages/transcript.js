import "../elements/dock.js";
import "../elements/keys.js";
import "../elements/panel.js";
import "../elements/rename_here.js";
import "../elements/share.js";
import "../elements/speakers.js";
import "../elements/text.js";
import "../elements/title.js";
import "../elements/wave.js";
// Last: it joins the others, which must know their methods by then.
import "../elements/transcript.js";
