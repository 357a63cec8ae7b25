package gyre.sys.posix;

import gyre.sys.Backend;
import gyre.sys.ListenSocket;
import gyre.sys.PacketSocket;
import gyre.sys.SocketPair;
import gyre.sys.Source;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.ProtocolFamily;

/** The sources that all selectors over system calls share. */
abstract class PosixBackend implements Backend {
    /** The rank on a system where nobody expects it: below that of NIO, so that nobody is told why it doesn't work. */
    static final int ELSEWHERE = -1;

    @Override
    public final StreamSocket stream(ProtocolFamily family) throws IOException {
        return Sockets.stream(family);
    }

    @Override
    public final ListenSocket listener(ProtocolFamily family) throws IOException {
        return Sockets.listener(family);
    }

    @Override
    public final PacketSocket packet(ProtocolFamily family) throws IOException {
        return Sockets.packet(family);
    }

    @Override
    public final SocketPair<StreamSocket> streamPair() throws IOException {
        return Sockets.streamPair();
    }

    @Override
    public final SocketPair<PacketSocket> packetPair() throws IOException {
        return Sockets.packetPair();
    }

    @Override
    public final Source fromDescriptor(int descriptor) throws IOException {
        return Sockets.adopt(descriptor);
    }

    @Override
    public final String toString() {
        return name();
    }
}
