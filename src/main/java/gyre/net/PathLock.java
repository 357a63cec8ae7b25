package gyre.net;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Lets one at a time look at a socket file, delete it if it is stale, and bind: a locked file beside it, deleted in the end.
 * The system gives it back when its process dies, and also as soon as it closes any other descriptor of the file: so nothing
 * else here opens it.
 */
final class PathLock implements Closeable {
    /** Of the file, which is all zeros: its size is the mark. */
    private static final int MOST_BYTES = 1 << 16;

    /** Another file has the same size each time by a chance of one in 2^64. */
    private static final int MARKS = 4;

    /** Within this process, where a second channel to the file would end the first one's lock. */
    private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

    /** Read too, and not only for what is in it: to open a pipe that somebody has put there would wait for a reader. */
    private static final Set<OpenOption> OPENING = Set.of(CREATE, READ, WRITE, NOFOLLOW_LINKS);

    private final Path path;
    private final FileChannel channel;

    private PathLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Null if somebody else has it. */
    static @Nullable PathLock tryTake(Path socket) throws IOException {
        Path folder = socket.toAbsolutePath().resolveSibling("").toRealPath(); // one, by whatever links it is reached
        Path path = folder.resolve("." + socket.getFileName() + ".gyre-lock");
        if (!TAKEN.add(path)) {
            return null;
        }
        PathLock lock = null;
        try {
            lock = lock(path);
            return lock;
        } finally {
            if (lock == null) {
                TAKEN.remove(path);
            }
        }
    }

    private static @Nullable PathLock lock(Path path) throws IOException {
        while (true) {
            FileChannel channel = FileChannel.open(path, OPENING);
            boolean kept = false;
            try {
                if (channel.tryLock() == null) {
                    return null;
                }
                checkOwn(path, channel);
                if (isThere(path, channel)) {
                    kept = true;
                    return new PathLock(path, channel);
                }
            } finally {
                if (!kept) {
                    channel.close();
                }
            }
        }
    }

    /** In a folder that others may write to, a second name of any file may be put there: only zeros are overwritten. */
    private static void checkOwn(Path path, FileChannel channel) throws IOException {
        long size = channel.size();
        boolean own = size <= MOST_BYTES;
        ByteBuffer found = ByteBuffer.allocate(own ? (int) size : 0);
        while (channel.read(found) > 0) {}
        for (byte each : found.array()) {
            own &= each == 0;
        }
        if (!own) {
            throw new FileSystemException(path.toString(), null, "it is no lock file of this library");
        }
    }

    /** Who had it before may have deleted the file since it was opened: what size this one is given must show there. */
    private static boolean isThere(Path path, FileChannel channel) throws IOException {
        for (int i = 0; i < MARKS; i++) {
            int size = ThreadLocalRandom.current().nextInt(MOST_BYTES) + 1;
            channel.truncate(0);
            channel.write(ByteBuffer.allocate(1), size - 1);
            try {
                if (Files.size(path) != size) {
                    return false;
                }
            } catch (NoSuchFileException e) {
                return false;
            }
        }
        return true;
    }

    /** What was done under it stands, whatever becomes of the file. */
    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            return; // whoever has it next takes the file as it is
        } finally {
            TAKEN.remove(path);
        }
    }
}
