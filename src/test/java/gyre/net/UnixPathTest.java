package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.io.Io;
import gyre.reactor.Core;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import gyre.testing.Tool;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be at the path of a Unix socket: each finding is said, a stale file is replaced only on demand. */
@EveryBackend
class UnixPathTest extends OnLoop {
    @TempDir
    private Path folder;

    UnixPathTest(Backend backend) {
        super(backend);
    }

    private Path path() {
        return folder.resolve("socket");
    }

    /** As a process leaves it that is killed. */
    private void leaveStale() throws IOException {
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(path()));
        }
        assertTrue(Files.exists(path()));
    }

    private void assertBindSays(Path path, String... words) {
        for (UnixListenerBuilder builder : List.of(
                UnixListener.builder(handle), UnixListener.builder(handle).replaceStale())) {
            assertSays(assertThrows(BindException.class, () -> builder.bind(path)), path, words);
        }
    }

    private void assertConnectSays(Path path, String... words) {
        ConnectException e = assertThrows(ConnectException.class, () -> run(UnixStream.connect(path, handle)));
        assertSays(e, path, words);
    }

    private static void assertSays(IOException e, Path path, String... words) {
        String message = e.getMessage();
        assertTrue(message.contains(path.toString()), message);
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
        assertNotNull(e.getCause());
    }

    @Test
    void aLivingListener() throws Exception {
        UnixListener listener = later(UnixListener.bind(path(), handle));
        assertBindSays(path(), "living");
        UnixStream client = later(run(UnixStream.connect(path(), handle)));
        run(send(client, "x"));
        int asked = backend.name().equals("nio") ? 3 : 0; // twice to say so, once to replace
        for (int i = 0; i < asked; i++) {
            assertEquals(Io.END, run(read(later(run(listener.accept())), Buf.allocate(1))));
        }
        assertEquals("x", run(expect(later(run(listener.accept())), "x")));
    }

    @Test
    void aStaleFile() throws Exception {
        leaveStale();
        BindException e = assertThrows(BindException.class, () -> UnixListener.bind(path(), handle));
        assertSays(e, path(), "stale", "replaceStale()");
        assertConnectSays(path(), "stale", "nobody listens");
        UnixListener listener =
                later(UnixListener.builder(handle).replaceStale().bind(path()));
        run(UnixStream.connect(path(), handle)).close();
        listener.close();
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    /** One that is bound and not yet listening: connecting is refused as if it were stale. */
    @Test
    void aSocketThatIsAboutToListenLivesHoweverItsFolderIsSpelled() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        Path relative = Path.of("").toAbsolutePath().relativize(path());
        for (Path bound : List.of(path(), link.resolve("socket"), relative)) {
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.bind(UnixDomainSocketAddress.of(bound));
                for (Path asked : List.of(path(), link.resolve("socket"), relative)) {
                    assertBindSays(asked, "living");
                }
            }
            Files.delete(path());
        }
    }

    @Test
    void aStaleFileIsToldFromALivingSocketOfTheSameNameElsewhere() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere")).resolve("socket");
        later(UnixListener.bind(elsewhere, handle));
        leaveStale();
        later(UnixListener.builder(handle).replaceStale().bind(path()));
    }

    /** Each finds the same stale file, and all but one have to see that it is not stale any more. */
    @Test
    void ofManyThatReplaceAStaleFileAtOnceOneListens() throws Exception {
        int rivals = 4;
        for (int round = 0; round < 20; round++) {
            leaveStale();
            CyclicBarrier start = new CyclicBarrier(rivals);
            CyclicBarrier end = new CyclicBarrier(rivals);
            List<CompletableFuture<Boolean>> tries = new ArrayList<>();
            for (int i = 0; i < rivals; i++) {
                tries.add(aside(() -> {
                    try (Core own = Core.builder().backend(backend).open()) {
                        start.await();
                        try {
                            UnixListener.builder(own.handle()).replaceStale().bind(path());
                            return true;
                        } catch (BindException e) {
                            return false;
                        } finally {
                            end.await();
                        }
                    }
                }));
            }
            int listening = 0;
            for (CompletableFuture<Boolean> each : tries) {
                listening += each.get(20, TimeUnit.SECONDS) ? 1 : 0;
            }
            assertEquals(1, listening);
            try (Stream<Path> left = Files.list(folder)) {
                assertEquals(List.of(), left.toList());
            }
        }
    }

    @Test
    void whoIsBoundListensThoughTheLocksFileCannotBeDeleted() throws Exception {
        leaveStale();
        UnixBinding binding = new UnixBinding();
        binding.replaceStale();
        UnixListener listener = later(new UnixListener(binding.bind(UnixDomainSocketAddress.of(path()), handle, () -> {
            Path lock = folder.resolve(".socket.gyre-lock");
            Files.delete(lock);
            Files.createDirectories(lock.resolve("not empty"));
            return new Listening(handle).at(StandardProtocolFamily.UNIX, UnixDomainSocketAddress.of(path()));
        })));
        run(UnixStream.connect(path(), handle)).close();
        listener.close();
        assertFalse(Files.exists(path()));
    }

    @Test
    void aRegularFileADirectoryAndALink() throws Exception {
        Files.writeString(path(), "precious");
        assertBindSays(path(), "a regular file is in the way");
        assertConnectSays(path(), "a regular file, not a socket");
        assertEquals("precious", Files.readString(path()));
        assertBindSays(folder, "a directory is in the way");
        assertConnectSays(folder, "a directory, not a socket");
        Path link = Files.createSymbolicLink(folder.resolve("link"), path());
        assertBindSays(link, "a link is in the way");
        assertTrue(Files.isSymbolicLink(link));
    }

    @Test
    void aPipe() throws Exception {
        Tool.need("mkfifo", path().toString());
        assertBindSays(path(), "a pipe or device is in the way");
        assertConnectSays(path(), "a pipe or device, not a socket");
    }

    @Test
    void nothingThere() {
        assertConnectSays(path(), "there is no such file");
        Path deep = folder.resolve("missing/socket");
        assertBindSays(deep, "there is no directory", folder.resolve("missing").toString());
        assertConnectSays(deep, "there is no such file");
    }

    /** Root may do everything: then there is nothing to refuse. */
    @Test
    void noPermission() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            if (Files.isWritable(folder)) {
                later(UnixListener.bind(path(), handle));
            } else {
                assertBindSays(path(), "no permission");
            }
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void aPathThatIsTooLong() {
        Path longer = folder.resolve("x".repeat(120));
        for (var call : List.<org.junit.jupiter.api.function.Executable>of(
                () -> UnixListener.bind(longer, handle), () -> run(UnixStream.connect(longer, handle)))) {
            String message = assertThrows(IllegalArgumentException.class, call).getMessage();
            assertTrue(
                    message.contains(
                            "at most 107 bytes, this has " + longer.toString().length()),
                    message);
        }
    }

    @Test
    void theFileGoesWithItsListener() throws Exception {
        UnixListener listener = UnixListener.bind(path(), handle);
        listener.close();
        assertFalse(Files.exists(path()));
        listener.close();
        UnixListener next = UnixListener.bind(path(), handle); // free at once
        listener.close();
        assertTrue(Files.exists(path()), "a second close deletes nothing");
        aside(() -> {
                    next.close();
                    return "";
                })
                .get();
        settle();
        assertFalse(Files.exists(path()), "closed from another thread");
    }

    @Test
    void theFileGoesWithTheCore() throws Exception {
        UnixListener.bind(path(), handle);
        core.close();
        assertFalse(Files.exists(path()));
    }

    /** One that waits to be deleted is no work. */
    @Test
    void theFileKeepsNoLoopFromBeingIdle() throws Exception {
        later(UnixListener.bind(path(), handle));
        assertTrue(core.runUntilIdle(Duration.ZERO));
        assertEquals(0, handle.pinned().tasks());
    }

    @Test
    void theFileStaysIfItIsToStay() throws Exception {
        UnixListener.builder(handle).unlinkOnClose(false).bind(path()).close();
        assertTrue(Files.exists(path()));
        assertConnectSays(path(), "stale");
    }

    @Test
    void whatHasTakenTheFilesPlaceStays() throws Exception {
        UnixListener listener = later(UnixListener.bind(path(), handle));
        Files.delete(path());
        UnixListener other = later(UnixListener.bind(path(), handle));
        listener.close();
        assertTrue(Files.exists(path()));
        run(UnixStream.connect(path(), handle)).close();
        Files.delete(path());
        Files.writeString(path(), "precious");
        other.close();
        assertEquals("precious", Files.readString(path()));
        Files.delete(path());
        UnixListener last = UnixListener.bind(path(), handle);
        Files.delete(path());
        last.close(); // nothing to delete
    }
}
