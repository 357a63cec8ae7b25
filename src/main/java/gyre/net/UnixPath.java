package gyre.net;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import gyre.sys.Addresses;
import gyre.sys.Backend;
import gyre.sys.BacklogFullException;
import gyre.sys.PacketSocket;
import gyre.sys.ResourceLimitException;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is at the path of a Unix socket. Looked at after a call has failed, since the system's own words say too little. */
final class UnixPath {
    private static final String SOCKET = "a socket";
    private static final String MISSING = "nothing";
    private static final int FILE_TYPE = 0170000; // of a file's mode
    private static final int SOCKET_TYPE = 0140000;

    /** A line of Linux's list. */
    private static final Pattern LISTED = Pattern.compile("(?s)(?:\\S+ +){6}\\S+ (?<path>(?:.*/)?(?<name>[^/]+))");

    private UnixPath() {}

    static IOException explainConnect(IOException e, SocketAddress remote) {
        if (!(remote instanceof UnixDomainSocketAddress at)
                || isEmpty(at)
                || e instanceof BacklogFullException
                || e instanceof ResourceLimitException) {
            return e;
        }
        String found = find(at.getPath());
        if (found.equals(MISSING)) {
            return because(new ConnectException("connect " + at + ": there is no such file"), e);
        }
        if (!found.equals(SOCKET)) {
            return because(new ConnectException("connect " + at + ": that is " + found + ", not a socket"), e);
        }
        return !(e instanceof ConnectException)
                ? e
                : because(
                        new ConnectException("connect " + at + ": nobody listens there;"
                                + " the file is stale, left by a process that has ended, or its owner listens no more"),
                        e);
    }

    static IOException explainBind(IOException e, SocketAddress local, Backend backend) throws IOException {
        if (!(local instanceof UnixDomainSocketAddress at) || isEmpty(at) || e instanceof ResourceLimitException) {
            return e;
        }
        String found = find(at.getPath());
        if (found.equals(SOCKET)) {
            String who = stale(backend, at)
                    ? "a stale socket file is in the way, left by a process that has ended: delete it, or ask for"
                            + " replaceStale()"
                    : "a living socket is bound there";
            return because(new BindException("bind " + at + ": " + who), e);
        }
        if (!found.equals(MISSING)) {
            return because(new BindException("bind " + at + ": " + found + " is in the way"), e);
        }
        Path folder = folder(at);
        if (!Files.isDirectory(folder)) {
            return because(new BindException("bind " + at + ": there is no directory " + folder), e);
        }
        return Files.isWritable(folder)
                ? e
                : because(new BindException("bind " + at + ": no permission to make a file in " + folder), e);
    }

    static boolean isEmpty(UnixDomainSocketAddress address) {
        return address.getPath().toString().isEmpty();
    }

    /** Whether it names a file in a folder that is there. */
    static boolean isInFolder(UnixDomainSocketAddress address) {
        return !isEmpty(address) && Files.isDirectory(folder(address));
    }

    private static Path folder(UnixDomainSocketAddress address) {
        Path folder = address.getPath().toAbsolutePath().getParent();
        return folder != null ? folder : address.getPath();
    }

    private static IOException because(IOException explained, IOException cause) {
        explained.initCause(cause);
        return explained;
    }

    /** In words; a link is itself, not what it leads to. */
    private static String find(Path path) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
            if (attributes.isOther()) {
                boolean modes =
                        path.getFileSystem().supportedFileAttributeViews().contains("unix");
                Object mode = modes ? Files.getAttribute(path, "unix:mode", NOFOLLOW_LINKS) : SOCKET_TYPE;
                return ((int) mode & FILE_TYPE) == SOCKET_TYPE ? SOCKET : "a pipe or device";
            }
        } catch (IOException e) {
            return MISSING;
        }
        return attributes.isDirectory() ? "a directory" : attributes.isSymbolicLink() ? "a link" : "a regular file";
    }

    /**
     * Whether the socket file's socket is gone. A datagram socket can ask without being noticed: the kernel refuses it in
     * another way where a stream socket lives. Where there are none the listener gets a connection that ends at once, and
     * one that is bound and about to listen is found in Linux's list. In doubt it lives.
     */
    private static boolean stale(Backend backend, UnixDomainSocketAddress at) throws IOException {
        try (PacketSocket probe = backend.packet(StandardProtocolFamily.UNIX)) {
            return refused(() -> probe.connect(at));
        } catch (UnsupportedOperationException e) {
            try (StreamSocket probe = backend.stream(StandardProtocolFamily.UNIX)) {
                return refused(() -> probe.connect(at)) && !listed(at.getPath());
            }
        }
    }

    private static boolean listed(Path file) throws IOException {
        Path list = Path.of("/proc/net/unix");
        if (!Files.exists(list)) {
            return false;
        }
        String name = new String(file.getFileName().toString().getBytes(Addresses.PATHS), StandardCharsets.ISO_8859_1);
        try (Stream<String> lines = Files.lines(list, StandardCharsets.ISO_8859_1)) {
            return lines.map(LISTED::matcher)
                    .filter(line -> line.matches() && line.group("name").equals(name))
                    .anyMatch(line -> mayBe(line.group("path"), file));
        }
    }

    /** The list has the path by which it was bound: a relative one leads from a folder that isn't known. */
    private static boolean mayBe(String listed, Path file) {
        try {
            Path path = Path.of(new String(listed.getBytes(StandardCharsets.ISO_8859_1), Addresses.PATHS));
            return !path.isAbsolute() || Files.isSameFile(path, file);
        } catch (IOException | InvalidPathException e) {
            return true; // not from here
        }
    }

    private static boolean refused(Attempt connect) {
        try {
            connect.run();
            return false;
        } catch (IOException | IllegalArgumentException e) {
            return e instanceof ConnectException && !(e instanceof BacklogFullException);
        }
    }

    private interface Attempt {
        void run() throws IOException;
    }

    /** Deletes a stale socket file, for whoever has the {@link PathLock}; says whether there was one. */
    static boolean deleteStale(UnixDomainSocketAddress at, Backend backend) throws IOException {
        return find(at.getPath()).equals(SOCKET) && stale(backend, at) && Files.deleteIfExists(at.getPath());
    }
}
