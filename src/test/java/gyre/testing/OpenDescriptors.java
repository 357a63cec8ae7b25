package gyre.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/** The sockets, pipes and queues that this process holds; what the JVM opens to load classes is left out. */
public final class OpenDescriptors {
    private static final Path LIST = Path.of("/proc/self/fd");
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private final TreeMap<Integer, String> byNumber = new TreeMap<>();

    /** Skips the test where there is no way to know. */
    public static OpenDescriptors now() throws IOException {
        if (!Files.isDirectory(LIST)) {
            Tool.skip("no " + LIST + " here");
        }
        OpenDescriptors found = new OpenDescriptors();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(LIST)) {
            for (Path link : links) {
                found.add(link);
            }
        }
        return found;
    }

    private void add(Path link) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            if (target.startsWith("socket:") || target.startsWith("pipe:") || target.startsWith("anon_inode:")) {
                byNumber.put(Integer.valueOf(link.getFileName().toString()), target);
            }
        } catch (IOException e) {
            return; // closed since it was listed
        }
    }

    public int count() {
        return byNumber.size();
    }

    public java.util.Set<Integer> numbers() {
        return byNumber.keySet();
    }

    /** What they are, without the numbers that tell one from another, in order. */
    public List<String> kinds() {
        return byNumber.values().stream()
                .map(target -> target.replaceFirst("\\[\\d+\\]", ""))
                .sorted()
                .toList();
    }

    /** No more are open now; peers on other threads get a moment to close theirs, as do some that were counted here. */
    public void assertNoMore() throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        OpenDescriptors after = now();
        while (after.count() > count() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            after = now();
        }
        TreeMap<Integer, String> more = new TreeMap<>(after.byNumber);
        more.keySet().removeAll(numbers());
        assertTrue(after.count() <= count(), () -> "should be closed: " + more);
    }
}
