package gyre.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each reason is one sentence, on one line, of a JVM that goes on. */
class PlatformTest {
    @TempDir
    Path folder;

    @Test
    void hereNativesAreUsable() {
        assertNull(Platform.unusable());
        assertTrue(Platform.LINUX && Platform.X86_64 != Platform.AARCH64);
    }

    @Test
    void withoutJna() throws Exception {
        expect(
                new Jvm().withoutJna(),
                "unusable: JNA is not on the class path or module path (com.sun.jna.NativeLibrary is missing)");
    }

    @Test
    void withATemporaryFolderThatForbidsExecution() throws Exception {
        Path mount = Files.createDirectory(folder.resolve("noexec"));
        assumeTrue("root".equals(System.getProperty("user.name")), "skipped: only root can mount");
        Run mounted = Run.of(List.of("mount", "-t", "tmpfs", "-o", "noexec,size=8m", "tmpfs", mount.toString()));
        assumeTrue(mounted.status() == 0, () -> "skipped: mounting is refused here: " + mounted.output());
        try {
            Run run = new Jvm().with("-Djna.tmpdir=" + mount).run(ShowPlatform.class);
            assertEquals(0, run.status(), run.output());
            assertEquals(1, run.output().lines().count(), run.output());
            assertTrue(run.output().startsWith("unusable: JNA's library can't be loaded: "), run.output());
            assertTrue(run.output().contains("noexec"), run.output());
        } finally {
            assertEquals(0, Run.of(List.of("umount", mount.toString())).status());
        }
    }

    @Test
    void withNativeAccessRefused() throws Exception {
        assumeTrue(Runtime.version().feature() >= 24, "skipped: JVMs before 24 refuse nothing");
        expect(
                new Jvm().withoutNativeAccess().with("--illegal-native-access=deny"),
                "unusable: the JVM refuses native access: start it with --enable-native-access=com.sun.jna"
                        + " (ALL-UNNAMED on the class path)");
    }

    @Test
    void onAnotherSystemOrCpu() throws Exception {
        expect(
                new Jvm().with("-Dos.name=Plan 9"),
                "unusable: native calls need Linux, macOS or FreeBSD on x86-64 or aarch64, and this is Plan 9 on "
                        + System.getProperty("os.arch"));
        expect(
                new Jvm().with("-Dos.arch=riscv64"),
                "unusable: native calls need Linux, macOS or FreeBSD on x86-64 or aarch64, and this is Linux on riscv64");
    }

    @Test
    void inANativeImage() throws Exception {
        expect(
                new Jvm().with("-Dorg.graalvm.nativeimage.imagecode=runtime"),
                "unusable: native calls are not supported in a GraalVM native image");
    }

    @Test
    void theProviderIsTheOneThatIsNamed() throws Exception {
        expect(new Jvm(), "usable: stub");
        expect(new Jvm().with("-Dgyre.natives=auto"), "usable: stub");
        expect(new Jvm().with("-Dgyre.natives=stub"), "usable: stub");
        expect(new Jvm().with("-Dgyre.natives=jna"), "usable: jna");
        expect(new Jvm().with("-Dgyre.natives=ffm"), "unusable: gyre.natives=ffm is none of auto, stub, jna");
    }

    @Test
    void muslIsSeenInTheListOfMappings() {
        String glibc = "7f00-7f01 r-xp 00000000 fe:00 1 /usr/lib/x86_64-linux-gnu/libc.so.6\n";
        String alpine = "7f00-7f01 r-xp 00000000 fe:00 1 /lib/ld-musl-x86_64.so.1\n";
        String debian = "7f00-7f01 r-xp 00000000 fe:00 1 /usr/lib/x86_64-linux-musl/libc.so\n";
        assertNull(Platform.foreignLibc(glibc));
        assertNotNull(Platform.foreignLibc(glibc + alpine));
        assertNotNull(Platform.foreignLibc(debian));
    }

    @Test
    void whatTheCLibraryLacksIsNamed() {
        assertEquals(
                "the C library lacks what Gyre calls: Error looking up function 'eventfd': undefined symbol",
                Platform.explain(new UnsatisfiedLinkError("Error looking up function 'eventfd': undefined symbol")));
    }

    @Test
    void anythingElseThatIsThrownIsNamed() {
        assertEquals(
                "loading JNA failed: java.lang.IllegalStateException: odd",
                Platform.explain(new ExceptionInInitializerError(new IllegalStateException("odd\nsecond line"))));
    }

    private static void expect(Jvm jvm, String line) throws Exception {
        assertEquals(new Run(0, line + "\n"), jvm.run(ShowPlatform.class));
    }
}
