package gyre.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Function;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StubPageTest {
    private final ByteBuffer code = (Platform.X86_64 ? StubCode.X86_64 : StubCode.AARCH64).assemble();

    @Test
    void codeInAFileInMemoryRuns() throws IOException {
        runs(StubPage.mapFile(code), "/memfd:gyre-stubs (deleted)");
    }

    @Test
    void codeInAnonymousMemoryRuns() throws IOException {
        runs(StubPage.mapAnonymous(code), "");
    }

    private static void runs(long page, String file) throws IOException {
        assertTrue(page > 0, () -> Errno.text((int) -page));
        // As JNI calls it: two arguments that are dropped, then the method's own.
        for (SystemCall call : List.of(SystemCall.READ, SystemCall.WRITE, SystemCall.RECV)) {
            Function stub = Function.getFunction(new Pointer(page + (long) call.ordinal() * StubCode.STRIDE));
            assertEquals(-Errno.EBADF, stub.invokeInt(new Object[] {0L, 0L, -1, 0L, 0, 0}), call.method());
        }
        String mapping = Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.startsWith(Long.toHexString(page) + "-"))
                .findFirst()
                .orElseThrow();
        assertTrue(mapping.contains(" r-xp "), mapping);
        assertTrue(mapping.endsWith(file), mapping);
    }
}
