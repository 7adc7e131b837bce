// What every page needs. One entry, so that each module below exists once and they can share what they know.
import "./keys.js";
import "./neutral.js";
import "./presence.js";
import "./save.js";
import "./zones.js";
