package gyre.examples;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import gyre.io.Output;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * A channel that blocks, as an {@link Output}. It blocks the whole loop: right for a program that has nothing better to do
 * than to wait until it can print, and for no other.
 */
final class BlockingOutput implements Output {
    private final WritableByteChannel target;
    private final BufPool buffers;

    BlockingOutput(WritableByteChannel target, BufPool buffers) {
        this.target = target;
        this.buffers = buffers;
    }

    @Override
    public int write(Task task, Buf from) throws IOException {
        int n = target.write(from.readView());
        from.skip(n);
        task.spend(Task.cost(n));
        return n;
    }

    @Override
    public int flush(Task task) {
        return 0;
    }

    @Override
    public int shutdownOutput(Task task) throws IOException {
        target.close();
        return 0;
    }

    @Override
    public boolean pollWrite(Task task) {
        return task.spend(0);
    }

    @Override
    public BufPool buffers() {
        return buffers;
    }

    @Override
    public void close() throws IOException {
        target.close();
    }
}
