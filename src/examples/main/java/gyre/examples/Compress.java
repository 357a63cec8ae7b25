package gyre.examples;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.io.codec.Bytes;
import gyre.net.TcpListener;
import gyre.net.TcpStream;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** Sends back what it receives, compressed: threads of a pool do the work, the loop only moves the bytes. */
public final class Compress {
    private Compress() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.of(
                "compress [ADDRESS=127.0.0.1:8080]", "Sends back what it receives, in gzip's format.", args);
        Future<Void> stop = Signals.stop();
        ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try (Core core = Core.builder().backend(arguments.backend()).open()) {
            Handle handle = core.handle();
            TcpListener listener = TcpListener.bind(arguments.address(), handle);
            System.out.println("Listening on: " + Address.text(listener.localAddress()));
            Future<Void> server = listener.incoming().forEach(socket -> {
                String peer = Address.text(socket.remoteAddress());
                handle.spawn(compress(socket, pool)
                        .map(counts -> peer + ": compressed " + counts)
                        .recover(error -> peer + ": failed when compressing: " + error.getMessage())
                        .inspect(System.out::println));
            });
            core.run(server.race(stop));
        } finally {
            pool.shutdownNow();
        }
    }

    /** One piece at a time: no more is read before it is compressed and its client has taken it. */
    private static Future<String> compress(TcpStream socket, ExecutorService pool) {
        Gzip gzip = new Gzip();
        return Futures.using(
                Bytes.framed(socket),
                pieces -> pieces.andThen(piece -> Futures.callOn(pool, () -> gzip.compress(piece)))
                        .chain(Futures.callOn(pool, gzip::finish).intoStream())
                        .forward(pieces)
                        .map(done -> gzip.counts()));
    }

    /** Used by one thread at a time, though not always the same: the future hands it on. */
    private static final class Gzip {
        private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        private final GZIPOutputStream stream;
        private long in;
        private long out;

        Gzip() {
            try {
                stream = new GZIPOutputStream(compressed);
            } catch (IOException e) {
                throw new UncheckedIOException("memory can't refuse a header", e);
            }
        }

        byte[] compress(byte[] piece) throws IOException {
            in += piece.length;
            stream.write(piece);
            return taken();
        }

        byte[] finish() throws IOException {
            stream.close();
            return taken();
        }

        private byte[] taken() {
            byte[] taken = compressed.toByteArray();
            compressed.reset();
            out += taken.length;
            return taken;
        }

        String counts() {
            return in + " bytes to " + out;
        }
    }
}
