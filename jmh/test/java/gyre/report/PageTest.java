package gyre.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.report.page.HtmlPage;
import gyre.report.page.Json;
import gyre.report.page.RawFigures;
import java.io.StringReader;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PageTest {
    private static final Map<String, String> MACHINE = Map.of("Processor", "one of <these> & \"those\"");

    @Test
    void thePageIsWellFormedAndNeedsNothingElse() throws Exception {
        String text = page(Made.results());
        Document page = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text.replaceFirst("<!DOCTYPE html>", ""))));

        assertTrue(page.getElementsByTagName("svg").getLength() >= 4, "pictures of TCP and of UDP");
        assertEquals(0, page.getElementsByTagName("script").getLength());
        assertFalse(text.contains("http"), "it would need the network");
        assertFalse(text.contains("NaN"));
    }

    @Test
    void whatIsMissingAndWhatFailedIsSaid() throws Exception {
        String text = page(Made.results());

        assertTrue(text.contains(
                "Not measured: Netty, epoll, Unix socket. It says: no &lt;library&gt; &amp; no &quot;reason&quot;"));
        assertTrue(text.contains("Failed: Netty, NIO, tcp/64x64x1: 3 answers are missing"));
    }

    @Test
    void resultsWithoutASingleFigureStillMakeAPage() throws Exception {
        assertTrue(page(new Results()).contains("<h2>Method</h2>"));
    }

    @Test
    void jsonHasEverySampleAndScore() {
        String json = Json.text(RawFigures.of(Made.results(), Plan.quick(), MACHINE));

        assertEquals(5, json.split("\"server_cpu_ns\": ", -1).length - 1);
        assertEquals(2, json.split("\"benchmark\": ", -1).length - 1);
        assertEquals(4, json.split("\"way\": ", -1).length - 1);
        assertFalse(json.contains("NaN"));
    }

    @Test
    void jsonIsEscapedAndHasNoNumberThatIsNone() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a \"b\"\\\n", Arrays.asList(1, 2.5, Double.NaN, null, true));
        map.put("c", Map.of("d", List.of(List.of(), "\t")));

        String expected = "{\n\"a \\\"b\\\"\\\\\\u000a\": [\n  1,\n  2.5,\n  null,\n  null,\n  true],\n"
                + "\"c\": {\"d\": [[], \"\\u0009\"]}\n}\n";
        assertEquals(expected, Json.text(map));
    }

    @Test
    void jsonOfSomethingElseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Json.text(new Object()));
    }

    private static String page(Results results) throws Exception {
        return new HtmlPage(results, Plan.quick(), MACHINE, "report.json").text();
    }
}
