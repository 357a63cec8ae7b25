package gyre.examples.guide;

import static gyre.examples.guide.RunningLoop.ANY_PORT;
import static gyre.examples.guide.RunningLoop.client;
import static gyre.examples.guide.RunningLoop.read;
import static gyre.examples.guide.RunningLoop.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Split;
import gyre.io.codec.Decoder;
import gyre.io.codec.Encoder;
import gyre.io.codec.Framed;
import gyre.io.codec.Lines;
import gyre.net.TcpListener;
import gyre.net.TcpStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CodecTest {
    // guide: lines
    static Future<Void> shout(TcpStream socket) {
        return Futures.using(Lines.framed(socket), lines -> {
            Split<String, String> halves = lines.split();
            return halves.stream().map(line -> line.toUpperCase(Locale.ROOT)).forward(halves.sink());
        });
    }
    // end

    // guide: codec
    record Sample(int sensor, int value) {}

    static final class Samples implements Decoder<Sample>, Encoder<Sample> {
        private static final int SIZE = 8;

        @Override
        public @Nullable Sample decode(Buf in) {
            return in.readable() < SIZE ? null : new Sample(in.getInt(), in.getInt());
        }

        @Override
        public int size(Sample sample) {
            return SIZE;
        }

        @Override
        public void encode(Sample sample, Buf into) {
            into.putInt(sample.sensor()).putInt(sample.value());
        }
    }
    // end

    static Future<Void> doubled(TcpStream socket) {
        return Futures.using(Framed.of(socket, new Samples()), samples -> {
            Split<Sample, Sample> halves = samples.split();
            return halves.stream()
                    .map(sample -> new Sample(sample.sensor(), 2 * sample.value()))
                    .forward(halves.sink());
        });
    }

    @Test
    void linesComeBackInCapitals() throws Exception {
        try (RunningLoop loop = new RunningLoop();
                Socket client = client(serve(loop, CodecTest::shout))) {
            write(client, "gy");
            write(client, "re\nend");
            assertEquals("GYRE\n", read(client, 5));
            client.shutdownOutput();
            assertEquals("END\n", read(client, 100));
        }
    }

    @Test
    void samplesGoThereAndBack() throws Exception {
        try (RunningLoop loop = new RunningLoop();
                Socket client = client(serve(loop, CodecTest::doubled))) {
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            DataInputStream in = new DataInputStream(client.getInputStream());
            for (int i = 0; i < 100; i++) {
                out.writeInt(i);
                out.writeShort(0);
                out.writeShort(i);
                assertEquals(i, in.readInt());
                assertEquals(2 * i, in.readInt());
            }
            client.shutdownOutput();
            assertEquals(-1, in.read());
        }
    }

    @Test
    void halfASampleIsAnError() {
        assertThrows(
                IOException.class, () -> new Samples().decodeEnd(Buf.allocate(8).putInt(1)));
    }

    interface Service {
        Future<Void> serve(TcpStream socket);
    }

    static InetSocketAddress serve(RunningLoop loop, Service service) throws Exception {
        return loop.get(pinned -> {
            TcpListener listener = TcpListener.bind(ANY_PORT, pinned.handle());
            pinned.spawn(listener.incoming().forEach(socket -> pinned.spawn(service.serve(socket))));
            return Futures.ready(listener.localAddress());
        });
    }
}
