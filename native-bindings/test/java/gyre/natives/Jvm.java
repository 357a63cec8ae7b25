package gyre.natives;

import com.sun.jna.Native;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs a main class of these tests in a JVM of its own, on the class path. */
final class Jvm {
    private final List<String> flags = new ArrayList<>();
    private boolean jna = true;
    private boolean nativeAccess = Runtime.version().feature() >= 22;

    /** Adds flags for the JVM. */
    Jvm with(String... more) {
        flags.addAll(List.of(more));
        return this;
    }

    /** Leaves JNA out. */
    Jvm withoutJna() {
        jna = false;
        return this;
    }

    /** Does not say that native access is wanted. */
    Jvm withoutNativeAccess() {
        nativeAccess = false;
        return this;
    }

    /** Runs it to its end. */
    Run run(Class<?> main) throws IOException, InterruptedException, URISyntaxException {
        List<String> path = new ArrayList<>(List.of(root(Platform.class), root(main)));
        if (jna) {
            path.add(root(Native.class));
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-ea", "-Xmx128m", "-cp", String.join(File.pathSeparator, path)));
        if (nativeAccess) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(flags);
        command.add(main.getName());
        return Run.of(command);
    }

    /** The folder or jar that a class comes from; tests are patched into the module, so its own place would mislead. */
    private static String root(Class<?> type) throws URISyntaxException {
        String file = type.getName().replace('.', '/') + ".class";
        URL url = Objects.requireNonNull(type.getResource("/" + file));
        String text = url.toString();
        String root = text.substring(0, text.length() - file.length() - 1);
        boolean jar = root.startsWith("jar:");
        String place = jar ? root.substring(4, root.length() - 1) : root;
        return Path.of(new java.net.URI(place)).toString();
    }
}
