package gyre.stress;

import gyre.future.Task;

/** A task that only remembers that it was woken. */
public final class Flag implements Task {
    private volatile boolean raised;

    @Override
    public void wake() {
        raised = true;
    }

    /** Whether it was. */
    public boolean raised() {
        return raised;
    }
}
