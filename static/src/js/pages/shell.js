import "../elements/copy.js";
import "../elements/drop_target.js";
import "../elements/menu.js";
import "../elements/moment.js";
import "../elements/unfinished_takes.js";
