package gyre.io;

import gyre.future.Poll;
import gyre.future.Task;
import java.io.IOException;

/** Flushes, then tells the peer that no more bytes will come. Cancelling it loses nothing; the output may be shut down. */
public final class ShutdownOutput extends Operation<Void> {
    private final Output writer;

    private ShutdownOutput(Output writer) {
        this.writer = writer;
    }

    /** Shuts the writer's output down. */
    public static ShutdownOutput shutdownOutput(Output writer) {
        return new ShutdownOutput(writer);
    }

    @Override
    Poll<Void> proceed(Task task) throws IOException {
        return writer.shutdownOutput(task) == Io.NOT_READY ? Poll.pending() : Poll.done();
    }
}
