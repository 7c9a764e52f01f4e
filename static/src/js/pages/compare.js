import "../elements/compare.js";
import "../elements/moment.js";
