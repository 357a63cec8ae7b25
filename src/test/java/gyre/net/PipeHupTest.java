package gyre.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gyre.buffer.Buf;
import gyre.io.Io;
import gyre.io.ReadExact;
import gyre.io.ShutdownOutput;
import gyre.io.WriteAll;
import gyre.sys.Backend;
import gyre.sys.ByteStream;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The original's, of a pipe: its hang-up alone, without bytes, wakes who reads. */
@EveryBackend
class PipeHupTest extends OnLoop {
    PipeHupTest(Backend backend) {
        super(backend);
    }

    @Test
    void hup() throws Exception {
        Ends ends = new Ends();
        var reading = handle.spawn(readToEnd(ends.source()));
        settle();
        CompletableFuture<Void> writing = aside(() -> {
            ends.pipe.sink().write(ByteBuffer.wrap("Hello!\n".getBytes(StandardCharsets.US_ASCII)));
            ends.pipe.sink().write(ByteBuffer.wrap("Good bye!\n".getBytes(StandardCharsets.US_ASCII)));
            return null;
        });
        run(await(writing));
        settle(); // the bytes have been read before the end comes
        ends.pipe.sink().close();
        assertEquals("Hello!\nGood bye!\n", new String(run(reading), StandardCharsets.US_ASCII));
    }

    @Test
    void aReaderWhoIsGoneFailsTheWriter() throws Exception {
        Ends ends = new Ends();
        ends.pipe.source().close();
        Io sink = ends.sink();
        assertThrows(IOException.class, () -> run(write(sink, Buf.copyOf("x"))));
    }

    @Test
    void moreThanItHolds() throws Exception {
        Ends ends = new Ends();
        byte[] sent = pattern(1 << 20);
        var writing = handle.spawn(WriteAll.writeAll(ends.sink(), Buf.copyOf(sent)));
        Buf got = run(ReadExact.readExact(ends.source(), Buf.allocate(sent.length)));
        run(writing);
        assertArrayEquals(sent, got.bytes(sent.length));
    }

    @Test
    void onlySocketsShutOneDirectionDown() throws Exception {
        Ends ends = new Ends();
        Io sink = ends.sink();
        assertThrows(UnsupportedOperationException.class, () -> run(ShutdownOutput.shutdownOutput(sink)));
    }

    /** A pipe of the JDK, whose ends the loop can watch: on POSIX as duplicates, which leave the pipe's own open. */
    private final class Ends {
        final Pipe pipe;
        private final TreeSet<Integer> numbers;

        Ends() throws Exception {
            Pipe.open().source().close(); // the first one opens more than itself
            OpenDescriptors before = OpenDescriptors.now();
            pipe = Pipe.open();
            later(pipe.source());
            later(pipe.sink());
            numbers = new TreeSet<>(OpenDescriptors.now().numbers());
            numbers.removeAll(before.numbers());
            assertEquals(2, numbers.size());
        }

        Io source() throws Exception {
            return watched(numbers.first(), pipe.source());
        }

        Io sink() throws Exception {
            return watched(numbers.last(), pipe.sink());
        }

        private Io watched(int number, SelectableChannel channel) throws Exception {
            ByteStream stream = (ByteStream)
                    (backend.name().equals("nio") ? backend.fromChannel(channel) : backend.fromDescriptor(number));
            return later(EventedIo.register(stream, handle));
        }
    }
}
