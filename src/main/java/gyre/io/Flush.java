package gyre.io;

import gyre.future.Poll;
import gyre.future.Task;
import java.io.IOException;

/** Pushes out what a writer holds back. Cancelling it loses nothing. */
public final class Flush extends Operation<Void> {
    private final Output writer;

    private Flush(Output writer) {
        this.writer = writer;
    }

    /** Flushes the writer. */
    public static Flush flush(Output writer) {
        return new Flush(writer);
    }

    @Override
    Poll<Void> proceed(Task task) throws IOException {
        return writer.flush(task) == Io.NOT_READY ? Poll.pending() : Poll.done();
    }
}
