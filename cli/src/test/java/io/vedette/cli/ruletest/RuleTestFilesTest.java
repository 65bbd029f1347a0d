package io.vedette.cli.ruletest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of tests that come with Vedette hold, and those in its documents. */
class RuleTestFilesTest {
    private static final Path ROOT = Path.of("..");

    private static void assertHold(List<Path> files) {
        StringWriter out = new StringWriter();
        assertThat(RuleTests.run(files, new PrintWriter(out)))
                .as(out.toString())
                .isTrue();
    }

    @Test
    void theShippedRulesHoldTheirTests() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("rules"))) {
            List<Path> tests = files.filter(file -> file.toString().endsWith(".test.yaml"))
                    .sorted()
                    .toList();
            assertThat(tests).isNotEmpty();
            assertHold(tests);
        }
    }

    /** In the order of the page, a block of rules is the file that the next block of tests names. */
    @Test
    void theTestsInTheReferenceHold(@TempDir Path folder) throws IOException {
        String reference = Files.readString(ROOT.resolve("docs/rules.md"));
        List<String> rules = blocks(reference, "yaml");
        List<String> tests = blocks(reference, "yaml test");

        assertThat(tests).isNotEmpty();
        for (String test : tests) {
            MatchResult named = Pattern.compile("rules: \\[(\\S+)]")
                    .matcher(test)
                    .results()
                    .findFirst()
                    .orElseThrow();
            String ids = Pattern.compile("(?m)^ +\\S+: \\[?\\{?(?:alertname: )?([a-z-]+) (?:info|warning|critical)")
                    .matcher(test)
                    .results()
                    .map(found -> found.group(1))
                    .findFirst()
                    .orElseThrow();
            String rule = rules.stream()
                    .filter(block -> block.contains("id: " + ids + '\n'))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(folder.resolve(named.group(1)), rule);
            Path file = Files.writeString(folder.resolve("docs.test.yaml"), test);
            assertHold(List.of(file));
        }
    }

    private static List<String> blocks(String document, String language) {
        return Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(document)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
