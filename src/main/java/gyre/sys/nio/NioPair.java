package gyre.sys.nio;

import gyre.sys.SocketPair;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Two connected Unix sockets, which the JDK has no call for. They meet in a folder that only this user may enter, both by a
 * path of their own there, so that nobody else can be taken for one of them; then the folder is deleted.
 */
final class NioPair {
    private NioPair() {}

    static SocketPair<StreamSocket> open() throws IOException {
        return open(Files.createTempDirectory("gyre"));
    }

    /** In this folder, which is empty and is deleted, whatever happens. */
    static SocketPair<StreamSocket> open(Path folder) throws IOException {
        Path listening = folder.resolve("1");
        Path connecting = folder.resolve("2");
        SocketPair<StreamSocket> pair = null;
        boolean deleted = false;
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(listening), 1);
            pair = meet(listener, UnixDomainSocketAddress.of(connecting));
        } finally {
            try {
                Files.deleteIfExists(listening);
                Files.deleteIfExists(connecting);
                Files.delete(folder);
                deleted = true;
            } finally {
                if (!deleted && pair != null) {
                    close(pair);
                }
            }
        }
        return pair;
    }

    private static void close(SocketPair<StreamSocket> pair) throws IOException {
        try {
            pair.first().close();
        } finally {
            pair.second().close();
        }
    }

    private static SocketPair<StreamSocket> meet(ServerSocketChannel listener, SocketAddress own) throws IOException {
        SocketChannel first = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            first.bind(own);
            first.connect(listener.getLocalAddress());
            SocketChannel second = listener.accept();
            try {
                if (!own.equals(second.getRemoteAddress())) {
                    throw new ConnectException("somebody else connected to " + listener.getLocalAddress());
                }
                return new SocketPair<>(new NioStream(first, false), new NioStream(second, false));
            } catch (IOException e) {
                second.close();
                throw e;
            }
        } catch (IOException e) {
            first.close();
            throw e;
        }
    }
}
