package gyre.natives;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

/** Two threads pass bytes through a pair of sockets by {@link Sys}, beside a thread that collects. */
final class ShuttleBytes {
    private static volatile boolean done;
    private static volatile int collections;

    private ShuttleBytes() {}

    public static void main(String[] args) throws InterruptedException {
        ByteBuffer pair = Memory.buffer(8);
        int result = Libc.socketpair(Layout.AF_UNIX, Layout.SOCK_STREAM, 0, Memory.address(pair));
        int near = pair.getInt(0);
        int far = pair.getInt(4);
        Thread collector = new Thread(ShuttleBytes::collect);
        Thread echo = new Thread(() -> echo(far));
        collector.start();
        echo.start();
        int round = 0;
        for (; result == 0 && (round < 2000 || collections < 20); round++) {
            ByteBuffer room = Memory.buffer(64); // a new one each time, for the collector to find
            long at = Memory.address(room);
            room.putLong(0, round * 0x9E3779B97F4A7C15L);
            int sent = Sys.send(near, at, 8, Layout.MSG_NOSIGNAL);
            int received = Sys.recv(near, at + 8, 8, Layout.MSG_WAITALL);
            if (sent != 8
                    || received != 8
                    || room.getLong(0) != room.getLong(8)
                    || Sys.recv(-1, at, 8, 0) != -Errno.EBADF) {
                throw new AssertionError("round " + round + ": " + sent + " " + received);
            }
            Reference.reachabilityFence(room);
        }
        done = true;
        Libc.shutdown(near, Layout.SHUT_RDWR);
        echo.join();
        collector.join();
        System.out.println(Sys.provider() + (round >= 2000 ? ", often enough" : " " + round));
    }

    private static void echo(int fd) {
        ByteBuffer room = Memory.buffer(64);
        long at = Memory.address(room);
        int count;
        while ((count = Sys.read(fd, at, 64)) > 0) {
            Sys.write(fd, at, count);
        }
        Reference.reachabilityFence(room);
    }

    private static void collect() {
        while (!done) {
            byte[][] garbage = new byte[64][];
            for (int i = 0; i < garbage.length; i++) {
                garbage[i] = new byte[16 << 10];
            }
            Reference.reachabilityFence(garbage);
            System.gc();
            collections = collections + 1;
            LockSupport.parkNanos(1_000_000); // else nobody else gets to run
        }
    }
}
