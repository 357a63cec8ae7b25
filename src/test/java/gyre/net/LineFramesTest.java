package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.buffer.Buf;
import gyre.future.Futures;
import gyre.future.Split;
import gyre.io.ShutdownOutput;
import gyre.io.WriteAll;
import gyre.io.codec.Decoder;
import gyre.io.codec.Encoder;
import gyre.io.codec.Framed;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@EveryBackend
class LineFramesTest extends OnLoop {
    LineFramesTest(Backend backend) {
        super(backend);
    }

    /** Spawned tasks live on between runs; the end of the client's output gives the decoder what is left. */
    @Test
    void echo() throws Exception {
        TcpListener listener = listen();
        handle.spawn(listener.incoming()
                .forEach(socket -> handle.spawn(Futures.using(Framed.of(socket, new LineCodec()), framed -> {
                    Split<byte[], byte[]> halves = framed.split();
                    return halves.sink().sendAll(halves.stream());
                }))));

        TcpStream client = later(run(TcpStream.connect(listener.localAddress(), handle)));
        run(WriteAll.writeAll(client, Buf.copyOf("a\n")));
        assertEquals("a\n", read(client));
        run(WriteAll.writeAll(client, Buf.copyOf("\n")));
        assertEquals("\n", read(client));
        run(WriteAll.writeAll(client, Buf.copyOf("b")));
        run(ShutdownOutput.shutdownOutput(client));
        assertEquals("b", read(client));
    }

    @Test
    void manyFramesThatAreLargerThanASocketsBuffers() throws Exception {
        TcpListener listener = listen();
        handle.spawn(listener.accept()
                .andThen(socket -> Futures.using(Framed.of(socket, new LineCodec()), framed -> {
                    Split<byte[], byte[]> halves = framed.split();
                    return halves.stream().forward(halves.sink());
                })));
        byte[] sent = pattern(20 << 20);
        CompletableFuture<byte[]> client = aside(() -> {
            Socket socket = client(listener.localAddress());
            CompletableFuture<byte[]> back = aside(() -> socket.getInputStream().readAllBytes());
            socket.getOutputStream().write(sent);
            socket.shutdownOutput();
            return back.get();
        });
        byte[] back = run(await(client));
        org.junit.jupiter.api.Assertions.assertArrayEquals(sent, back);
    }

    private String read(TcpStream client) throws Exception {
        Buf buf = Buf.allocate(1024);
        run(read(client, buf));
        return buf.text(StandardCharsets.US_ASCII);
    }

    /** The original's: lines with their ends, and at the end whatever is left. */
    private static final class LineCodec implements Decoder<byte[]>, Encoder<byte[]> {
        @Override
        public byte @Nullable [] decode(Buf in) {
            int end = in.indexOf((byte) '\n');
            return end < 0 ? null : in.bytes(end + 1);
        }

        @Override
        public byte @Nullable [] decodeEnd(Buf in) {
            byte[] line = decode(in);
            return line != null || in.readable() == 0 ? line : in.bytes(in.readable());
        }

        @Override
        public int size(byte[] item) {
            return item.length;
        }

        @Override
        public void encode(byte[] item, Buf into) {
            into.put(item);
        }
    }
}
