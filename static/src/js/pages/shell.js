import "../elements/menu.js";
