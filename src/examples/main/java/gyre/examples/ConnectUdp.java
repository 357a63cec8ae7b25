package gyre.examples;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Split;
import gyre.io.Input;
import gyre.io.codec.Decoder;
import gyre.io.codec.FramedRead;
import gyre.net.UdpCodec;
import gyre.net.UdpFramed;
import gyre.net.UdpSocket;
import gyre.reactor.Handle;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What {@link Connect} does with datagrams. */
final class ConnectUdp {
    /** In a datagram: no network has to cut it in parts. */
    private static final int MOST_BYTES = 1024;

    private ConnectUdp() {}

    /** Never done, as nobody says that it was the last datagram; fails when nobody listens there. */
    static Future<Void> talk(InetSocketAddress server, Handle handle, Input in, OutputStream out) throws IOException {
        String any = server.getAddress() instanceof Inet6Address ? "::" : "0.0.0.0";
        UdpSocket socket = UdpSocket.bind(new InetSocketAddress(any, 0), handle);
        return Futures.using(socket, s -> {
            UdpFramed<byte[], byte[]> framed =
                    s.connect(server).framed(new Whole()).reportUnreachable(true);
            Split<byte[], byte[]> halves = framed.split();
            handle.spawn(Connect.complaining(FramedRead.of(in, new Pieces()).forward(halves.sink())));
            return halves.stream().forEach(out::write);
        });
    }

    /** Of standard input: what has come, but no more than a datagram takes. */
    private static final class Pieces implements Decoder<byte[]> {
        @Override
        public byte @Nullable [] decode(Buf in) {
            return in.readable() == 0 ? null : in.bytes(Math.min(in.readable(), MOST_BYTES));
        }
    }

    /** To and from the only peer there is. */
    private static final class Whole implements UdpCodec<byte[], byte[]> {
        @Override
        public byte[] decode(InetSocketAddress sender, Buf from) {
            return from.bytes(from.readable());
        }

        @Override
        public @Nullable InetSocketAddress encode(byte[] item, Buf into) {
            into.put(item);
            return null;
        }
    }
}
