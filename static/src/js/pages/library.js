import "./shell.js";
import "../elements/more.js";
import "../elements/row.js";
import "../elements/search.js";
