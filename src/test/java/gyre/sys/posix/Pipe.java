package gyre.sys.posix;

import static gyre.natives.Layout.O_CLOEXEC;

import gyre.natives.Libc;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The two descriptors of a pipe, in nobody's care but the test's. */
record Pipe(Fd reading, Fd writing) implements AutoCloseable {
    static Pipe open() throws IOException {
        ByteBuffer scratch = Scratch.get();
        int result = Libc.pipe2(Scratch.address(scratch, Scratch.VALUE), O_CLOEXEC);
        if (result < 0) {
            throw Failure.of(result, "pipe2");
        }
        return new Pipe(new Fd(scratch.getInt(Scratch.VALUE)), new Fd(scratch.getInt(Scratch.VALUE + Integer.BYTES)));
    }

    int in() {
        return reading.number();
    }

    int out() {
        return writing.number();
    }

    void closeIn() throws IOException {
        reading.close();
    }

    void closeOut() throws IOException {
        writing.close();
    }

    @Override
    public void close() throws IOException {
        reading.close();
        writing.close();
    }
}
