package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gyre.testing.ChildJvm;
import gyre.testing.Tool;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathLockTest {
    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("socket");
    }

    private Path lockFile() {
        return folder.resolve(".socket.gyre-lock");
    }

    /** Another process, which waits for a line. */
    private ChildJvm rival(int times) throws IOException {
        return ChildJvm.start(ChildJvm.command(
                ChildJvm.classPath(), List.of(), PathLockMain.class, path().toString(), String.valueOf(times)));
    }

    @Test
    void anotherProcessIsKeptOutUntilItIsGivenBack() throws Exception {
        try (ChildJvm rival = rival(1)) {
            try (PathLock lock = PathLock.tryTake(path())) {
                assertNotNull(lock);
                rival.say("go");
                assertEquals("refused", rival.line());
            }
            assertEquals("had", rival.line());
        }
    }

    /** Each deletes the file in the end, which the other may have opened by then. */
    @Test
    void ofTwoProcessesOneAtATimeHasIt() throws Exception {
        try (ChildJvm one = rival(1_000);
                ChildJvm two = rival(1_000)) {
            one.say("go");
            two.say("go");
            assertEquals("", one.line("had"));
            assertEquals("", two.line("had"));
        }
        assertFalse(Files.exists(lockFile()));
    }

    /** Two locks of one file would be one, and the second's end that of the first. */
    @Test
    void theLockIsOneByWhateverLinkTheFolderIsReached() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        try (PathLock lock = PathLock.tryTake(path())) {
            assertNotNull(lock);
            assertNull(PathLock.tryTake(link.resolve("socket")));
        }
        try (PathLock lock = PathLock.tryTake(link.resolve("socket"))) {
            assertNotNull(lock);
        }
    }

    /** In a folder that others may write to. */
    @Test
    void whatIsPlantedInTheLocksPlaceIsNeitherFollowedNorOverwrittenNorWaitedFor() throws Exception {
        Path precious = Files.writeString(folder.resolve("precious"), "precious");
        Files.createSymbolicLink(lockFile(), precious);
        assertThrows(IOException.class, () -> PathLock.tryTake(path()));
        Files.delete(lockFile());
        Files.createLink(lockFile(), precious);
        assertThrows(FileSystemException.class, () -> PathLock.tryTake(path()));
        Files.delete(lockFile());
        assertEquals("precious", Files.readString(precious));

        Tool.need("mkfifo", lockFile().toString());
        assertThrows(IOException.class, () -> PathLock.tryTake(path()));
        Files.delete(lockFile());
        Files.write(lockFile(), new byte[10]); // left by one that was killed
        try (PathLock taken = PathLock.tryTake(path())) {
            assertNotNull(taken);
        }
    }
}
