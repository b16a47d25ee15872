// The page's own worker, with its memory watched.
import "./measure.js";
import "../worker.js";
