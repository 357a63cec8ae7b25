package gyre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything public or protected in a public package has a comment. javac checks the form of comments in every build;
 * here it is asked for those that are missing, since it cannot be asked there without demanding a tag for each parameter too.
 */
class JavadocTest {
    private static final String PUBLIC =
            "gyre.buffer,gyre.channel,gyre.future,gyre.io,gyre.io.codec,gyre.natives,gyre.net,gyre.reactor,gyre.sys";
    private static final Pattern MISSING = Pattern.compile("[^\\n]*: (?:no comment|no main description)");

    @TempDir
    Path classes;

    @Test
    void everyPublicItemHasAComment() throws IOException {
        List<Path> sources = new ArrayList<>(Sources.below(Sources.NATIVES));
        sources.addAll(Sources.below(Sources.ENGINE));
        assertEquals("", missing(sources));
    }

    @Test
    void missingCommentIsSeen() throws IOException {
        Path file = classes.resolve("Undocumented.java");
        Files.writeString(
                file, "package gyre.future;\n/** Says so. */\npublic interface Undocumented {\nvoid poll();\n}\n");
        assertTrue(missing(List.of(file)).contains("Undocumented.java:4"), missing(List.of(file)));
    }

    /** What javac says about missing comments, a line each. */
    private String missing(List<Path> sources) {
        List<String> arguments = new ArrayList<>(List.of(
                "-Xdoclint:missing/protected",
                "-Xdoclint/package:" + PUBLIC,
                "-Xmaxwarns",
                "10000",
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("jdk.module.path", "")
                        + File.pathSeparator
                        + System.getProperty("java.class.path", "")));
        sources.stream()
                .filter(source -> !source.endsWith("module-info.java"))
                .map(Path::toString)
                .forEach(arguments::add);

        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        Locale locale = Locale.getDefault();
        Locale.setDefault(Locale.ENGLISH);
        int status;
        try {
            status = ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(String[]::new));
        } finally {
            Locale.setDefault(locale);
        }
        assertEquals(0, status, said::toString);
        return String.join(
                "\n",
                MISSING.matcher(said.toString()).results().map(m -> m.group()).toList());
    }
}
