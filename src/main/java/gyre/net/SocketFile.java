package gyre.net;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file of a bound socket, deleted by closing this. It is told from one that has taken its place by its key, which the
 * system keeps from others as long as the socket lives: so it goes before the socket is closed.
 */
final class SocketFile implements Closeable {
    private final Path path;
    private final @Nullable Object key;

    SocketFile(Path path) throws IOException {
        this.path = path.toAbsolutePath();
        this.key = key();
    }

    private @Nullable Object key() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void close() throws IOException {
        try {
            if (Objects.equals(key, key())) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            return; // somebody else was faster
        }
    }
}
