package gyre.net;

import static gyre.io.Io.END;
import static gyre.io.Io.NOT_READY;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.io.BufferWait;
import gyre.io.Output;
import gyre.io.WriteAll;
import gyre.sys.FileSender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Sends a piece of a file; the value is the number of bytes. It does not flush.
 *
 * <p>Into a {@link TcpStream} or {@link UnixStream} the system moves the bytes itself if there are many, for half the
 * work of reading and writing them or less; otherwise, and into any other output, they go through a buffer of the loop.
 * None is held while the output refuses more.
 *
 * <p><b>The end of the file</b> ends it too, also where the file is cut short meanwhile: the value is then less than was
 * asked for. The file is borrowed; its own position is neither used nor changed, so that one channel serves any number of
 * these at once. What others write to the file meanwhile may be sent in its old or its new form.
 *
 * <p><b>It blocks</b> the loop where the page cache hasn't got the bytes and the disk has to be asked: for 768 KiB at most
 * in a turn. An interrupt of the loop's thread meanwhile closes the file, as always with channels.
 *
 * <p><b>Cancel</b> loses nothing: {@link #sent} bytes have gone, and another one can go on behind them. So it is after a
 * failure, if it was the file's: a failed read.
 *
 * <p>Loop thread only.
 */
public final class SendFile implements Future<Long> {
    /** Half of what a poll's budget is worth. */
    private static final int MOST = 256 << 10;

    /** Fewer bytes than these are read and written in less time than it takes to set the other way up. */
    private static final int FEW = 64 << 10;

    private final Output to;
    private final FileChannel from;
    private final long position;
    private final long count;
    private final BufPool pool;
    private final BufferWait turn = new BufferWait();
    private @Nullable FileSender sender;
    private boolean begun;
    private boolean done;
    private long sent;

    private SendFile(Output to, FileChannel from, long position, long count) {
        if (position < 0 || count < 0) {
            throw new IllegalArgumentException(
                    "position and count must be at least 0: " + count + " bytes from " + position);
        }
        this.to = to;
        this.from = from;
        this.position = position;
        this.count = count;
        this.pool = to.buffers();
    }

    /**
     * Sends so many bytes of the file, or fewer if it ends before. Both are borrowed.
     *
     * @param position where they begin; behind the end of the file there are none
     * @param count how many; {@link Long#MAX_VALUE} for all that follow
     * @throws IllegalArgumentException if position or count is below 0
     */
    public static SendFile sendFile(Output to, FileChannel from, long position, long count) {
        return new SendFile(to, from, position, count);
    }

    /** Bytes sent so far; also after a failure, and after a cancel. */
    public long sent() {
        return sent;
    }

    @Override
    public Poll<Long> poll(Task task) throws IOException {
        if (done) {
            throw new IllegalStateException("polled after it was done");
        }
        try {
            while (sent < count) {
                int n = send(task, (int) Math.min(MOST, count - sent));
                if (n == NOT_READY) {
                    return Poll.pending();
                }
                if (n == END) {
                    break;
                }
                sent += n;
            }
        } catch (Throwable e) {
            end();
            throw e;
        }
        end();
        return Poll.ready(sent);
    }

    private int send(Task task, int most) throws IOException {
        if (!begun) {
            begun = true;
            long there = Math.min(count, from.size() - position);
            if (there <= 0) {
                return END;
            }
            sender = there > FEW && to instanceof SocketStream socket ? socket.stream.fileSender() : null;
        }
        FileSender direct = sender;
        return direct == null ? copy(task, most) : ((SocketStream) to).send(task, direct, from, position + sent, most);
    }

    /** What is refused is read again: so nobody who waits holds a buffer. */
    private int copy(Task task, int most) throws IOException {
        if (!to.pollWrite(task)) {
            return NOT_READY;
        }
        Buf buf = pool.tryTake();
        if (buf == null) {
            turn.join(pool, task);
            return NOT_READY;
        }
        try {
            buf.limit(Math.min(buf.capacity(), Math.min(most, FEW)));
            int n = from.read(buf.writeView(), position + sent);
            if (n <= 0) {
                return END;
            }
            int written = to.write(task, buf.advance(n));
            if (written <= 0) {
                WriteAll.requireNotReady(written);
            }
            return written;
        } finally {
            pool.release(buf);
        }
    }

    private void end() throws IOException {
        done = true;
        FileSender held = sender;
        if (held != null) {
            sender = null;
            held.close();
        }
    }

    @Override
    public void cancel() {
        try {
            end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
