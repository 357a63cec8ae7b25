package gyre.net;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.reactor.Handle;
import gyre.reactor.JoinHandle;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file of a bound socket, deleted when that closes or the loop does: a task that is never done, so that the loop ends it.
 * It is told from one that has taken its place by its key, which the system keeps from others as long as the socket lives:
 * so it goes before the socket is closed.
 */
final class SocketFile implements Future<Void>, Closeable {
    private final Path path;
    private final @Nullable Object key;
    private final Handle handle;
    private @Nullable JoinHandle<Void> task;
    private boolean deleted;

    private SocketFile(Path path, Handle handle) throws IOException {
        this.path = path.toAbsolutePath();
        this.key = key();
        this.handle = handle;
    }

    static SocketFile guard(Path path, Handle handle) throws IOException {
        SocketFile file = new SocketFile(path, handle);
        file.task = handle.spawn(file);
        return file;
    }

    private @Nullable Object key() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    @Override
    public Poll<Void> poll(Task task) {
        return Poll.pending();
    }

    @Override
    public void cancel() {
        try {
            delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete() throws IOException {
        if (deleted) {
            return;
        }
        deleted = true;
        try {
            if (Objects.equals(key, key())) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            return; // somebody else was faster
        }
    }

    /** From any thread: on the loop it is gone when this returns. */
    @Override
    public void close() throws IOException {
        if (handle.isOnLoop()) {
            delete();
        }
        Objects.requireNonNull(task).abort();
    }
}
