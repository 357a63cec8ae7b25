package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.io.Copy;
import gyre.io.ReadExact;
import gyre.io.WriteAll;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The caller's memory goes to the system as it is: an address must not outlive its owner. */
@EveryBackend
class WrappedBufferTest extends OnLoop {
    private static final int SIZE = 64 << 10;

    WrappedBufferTest(Backend backend) {
        super(backend);
    }

    @Test
    void keepsItsChecksumWhileGarbageIsCollected() throws Exception {
        TcpListener listener = listen();
        TcpStream client = later(run(TcpStream.connect(listener.localAddress(), handle)));
        TcpStream server = later(run(listener.accept()));
        handle.spawn(Copy.copy(server, server));
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger collections = new AtomicInteger();
        CompletableFuture<Void> collecting = aside(() -> {
            while (!stop.get()) {
                System.gc();
                collections.incrementAndGet();
            }
            return null;
        });
        Random random = new Random(1);
        try {
            for (int round = 0; round < 50 || collections.get() < 20; round++) {
                byte[] bytes = new byte[SIZE];
                random.nextBytes(bytes);
                long sum = sum(ByteBuffer.wrap(bytes));
                var writing = handle.spawn(WriteAll.writeAll(
                        client,
                        Buf.wrap(ByteBuffer.allocateDirect(SIZE).put(bytes).flip())));
                // Memory that was let go too early is given to these, and overwritten.
                ByteBuffer.allocateDirect(SIZE).put(new byte[SIZE]);
                ByteBuffer into = ByteBuffer.allocateDirect(SIZE + 2);
                run(ReadExact.readExact(client, Buf.wrap(into.slice(1, SIZE)).clear()));
                run(writing);
                assertEquals(sum, sum(into.slice(1, SIZE)));
                assertEquals(0, into.get(0) | into.get(SIZE + 1), "nothing outside the window is touched");
            }
        } finally {
            stop.set(true);
        }
        collecting.get();
    }

    @Test
    void heapAndReadOnlyBuffersAreRefused() {
        for (ByteBuffer bad : new ByteBuffer[] {
            ByteBuffer.allocate(8), ByteBuffer.allocateDirect(8).asReadOnlyBuffer()
        }) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Buf.wrap(bad));
            assertTrue(e.getMessage().contains(bad.toString()), e.getMessage());
        }
    }

    private static long sum(ByteBuffer bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
