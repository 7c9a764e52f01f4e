import "./shell.js";
import "../elements/captions.js";
import "../elements/keys.js";
import "../elements/mark_note.js";
import "../elements/meter.js";
import "../elements/record_deck.js";
import "../elements/record_end.js";
import "../elements/record_notices.js";
import "../elements/record_setup.js";
import "../elements/record_top.js";
// Last: it joins the others, which must know their methods by then.
import "../elements/record.js";
