package gyre.sys.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gyre.sys.SocketPair;
import gyre.sys.Source;
import gyre.sys.StreamSocket;
import gyre.sys.nio.FragileChannel.Flaw;
import gyre.testing.OpenDescriptors;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails on the way leaves nothing open. */
class NioLeakTest {
    @TempDir
    private Path folder;

    @Test
    void aChannelThatCannotBeAdoptedIsClosed() {
        for (Flaw flaw : List.of(Flaw.BLOCKING, Flaw.REMOTE_ADDRESS)) {
            FragileChannel channel = new FragileChannel(flaw);
            IOException e = assertThrows(IOException.class, () -> Pair.NIO.fromChannel(channel));
            assertEquals("no " + flaw, e.getMessage());
            assertFalse(channel.isOpen(), "" + flaw);
        }
    }

    @Test
    void aSocketWhoseLingeringCannotBeTurnedOffIsClosed() throws IOException {
        FragileChannel channel = new FragileChannel(Flaw.LINGER);
        Source source = Pair.NIO.fromChannel(channel);
        assertEquals("no LINGER", assertThrows(IOException.class, source::close).getMessage());
        assertFalse(channel.isOpen());
        source.close();
    }

    @Test
    void aPairWhoseFolderCannotBeDeletedIsClosed() throws IOException {
        SocketPair<StreamSocket> first = NioPair.open(); // loads what it needs
        first.first().close();
        first.second().close();
        Files.createFile(folder.resolve("in the way"));
        OpenDescriptors before = OpenDescriptors.now();
        assertThrows(DirectoryNotEmptyException.class, () -> NioPair.open(folder));
        before.assertNoMore();
    }
}
