package gyre.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Leaves out what a backend can't pass: {@code unfit.txt} lists it, with reasons. They count as skipped; scripts/test prints the list. */
final class UnfitTests implements ExecutionCondition {
    private record Row(String backend, String test, String reason) {}

    private static final List<Row> ROWS = rows();

    private static List<Row> rows() {
        try (InputStream in = Objects.requireNonNull(UnfitTests.class.getResourceAsStream("unfit.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" +", 3))
                    .map(cells -> new Row(cells[0], cells[1], cells[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String backend = UsableBackends.name(context);
        String test = context.getRequiredTestClass().getSimpleName()
                + context.getTestMethod().map(method -> "." + method.getName()).orElse("");
        return ROWS.stream()
                .filter(row -> row.backend.equals(backend) && row.test.equals(test))
                .findFirst()
                .map(row -> ConditionEvaluationResult.disabled(row.reason))
                .orElse(ConditionEvaluationResult.enabled("not listed"));
    }
}
