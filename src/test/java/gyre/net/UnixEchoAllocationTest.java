package gyre.net;

import static org.junit.jupiter.api.Assertions.assertThrows;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.io.Io;
import gyre.sys.Backend;
import gyre.sys.SocketPair;
import gyre.testing.EveryBackend;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Behaviour 54 for Unix sockets: once warm, neither end of an echo allocates anything, both on this thread. On NIO the JDK may
 * box the descriptor of every event, as in {@link EchoAllocationTest}.
 */
@EveryBackend
class UnixEchoAllocationTest extends OnLoop {
    private static final int MESSAGES = 10_000;
    private static final int SIZE = 64;
    private static final int BOX = 16;

    UnixEchoAllocationTest(Backend backend) {
        super(backend);
    }

    private interface Transfer {
        int of(Task task, Buf buf) throws IOException;
    }

    @Test
    void aSteadyEcho() throws Exception {
        SocketPair<UnixStream> pair = UnixStream.pair(handle);
        UnixStream near = later(pair.first());
        UnixStream far = later(pair.second());
        allocatesNothing(near::write, near::read, far::write, far::read);
    }

    @Test
    void aSteadyEchoOfDatagrams() throws Exception {
        if (!posix()) {
            assertThrows(UnsupportedOperationException.class, () -> UnixDatagram.pair(handle));
            return;
        }
        SocketPair<UnixDatagram> pair = UnixDatagram.pair(handle);
        UnixDatagram near = later(pair.first());
        UnixDatagram far = later(pair.second());
        allocatesNothing(near::send, near::receive, far::send, far::receive);
    }

    private void allocatesNothing(Transfer ask, Transfer answer, Transfer reply, Transfer request) throws Exception {
        handle.spawn(new Echo(Integer.MAX_VALUE, request, reply, false));
        AllocatedBytes.assertAtMost(
                posix() ? 0 : 2 * BOX,
                MESSAGES,
                Thread.currentThread(),
                () -> core.run(new Echo(MESSAGES, answer, ask, true)));
    }

    /** Sends back what it receives, so many times; who asks has something to send at the beginning. */
    private static final class Echo implements Future<Void> {
        private final Buf buf = Buf.allocate(SIZE);
        private final Transfer in;
        private final Transfer out;
        private int left;
        private boolean sending;

        Echo(int times, Transfer in, Transfer out, boolean asks) {
            this.left = times;
            this.in = in;
            this.out = out;
            this.sending = asks;
            if (asks) {
                buf.advance(SIZE);
            }
        }

        @Override
        public Poll<Void> poll(Task task) throws IOException {
            while (left > 0) {
                int n = sending ? out.of(task, buf) : in.of(task, buf);
                if (n == Io.NOT_READY) {
                    return Poll.pending();
                }
                if (sending && buf.readable() == 0) {
                    sending = false;
                    buf.clear();
                } else if (!sending && buf.readable() == SIZE) {
                    sending = true;
                    left--;
                }
            }
            return Poll.done();
        }
    }
}
