"""Time: the worker that sweeps, recomputes, folds and delivers."""
