package io.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vedette rules} as it is typed: exit codes, and what is told where. */
class RulesCommandTest {
    private static final String RULE = """
            rules:
              - id: mine
                family: queue
                scope: [replica]
                profiles: [interactive]
                when: requests_waiting > limit
                for: 2m
                severity: warning
                parameters: {limit: 5}
                value: requests_waiting
                threshold: limit
                summary: "{value} wait (limit {threshold})"
            """;

    private static final String LEVELS = """
            rules:
              - id: restarts
                scope: [replica, model]
                models: [qwen, glm]
                states: [starting, warming, serving, idle, sleeping, down]
                window: 5m
                parameters: {all: 1}
                summary: "{value} {all}"
                levels:
                  - {severity: warning, when: restarts >= two, parameters: {two: 2}, value: restarts}
                  - {severity: critical, when: restarts >= four, for: 1m, parameters: {four: 4}, value: restarts}
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void checkEndsWith0WhenNothingIsWrong() throws IOException {
        assertThat(run("check", write("mine.yaml", RULE), write("levels.yaml", LEVELS)))
                .isZero();

        assertThat(told()).isEqualTo("2 rules, nothing wrong\n");
    }

    @Test
    void checkTellsMistakesAndWarningsOfAllFilesAndEndsWith1() throws IOException {
        Path mine = write("mine.yaml", RULE.replace("{limit: 5}", "{limit: 5, spare: 1}"));
        Path other =
                write("other.yaml", RULE.replace("requests_waiting > limit", "kv_cache_usage > limit && upp == 1"));
        Path broken = write("broken.yaml", "rules: [");

        assertThat(run("check", mine, other, broken)).isEqualTo(1);

        assertThat(told().lines())
                .containsExactly(
                        "broken.yaml:1:9: no valid YAML: the file ends inside '[' or '{'; close it",
                        "mine.yaml:9:35: warning: the parameter 'spare' is not used; use it in when, or leave it out",
                        "other.yaml:2:9: there are two rules 'mine'; the other stands at mine.yaml:2",
                        "other.yaml:6:37: unknown name 'upp'; did you mean 'up'?",
                        "other.yaml:9:25: parameter 'limit': 5 is compared with a ratio, and ratios run from 0 to 1; write 0.05",
                        "4 mistakes, 1 warning");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void checkHoldsTheRulesOfAConfigurationAgainstItsWindowsAndModels() throws IOException {
        write("mine.yaml", RULE.replace("    for: 2m", "    for: 2m\n    window: 10m"));
        Path configuration = write("vedette.yaml", """
                rules: [mine.yaml]
                derived: {windows: [1m, 5m]}
                models: {glm: {parameters: {mine: {limt: 4}}}}
                """);

        assertThat(run("check", "-c", configuration)).isEqualTo(1);

        assertThat(told().lines())
                .containsExactly(
                        "mine.yaml:8:13: there is no window of 10m; derived.windows has 1m, 5m",
                        "vedette.yaml:3:42: the rule mine has no parameter 'limt'; did you mean 'limit'?",
                        "2 mistakes, 0 warnings");
    }

    @Test
    void checkTellsWhatElseInAConfigurationWouldStopAStart() throws IOException {
        Path configuration = write("vedette.yaml", "agent: {interval: 1h}\n");

        assertThat(run("check", "-c", configuration)).isEqualTo(2);

        assertThat(err.toString())
                .startsWith("vedette: " + configuration + ":1:8: ")
                .hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void checkWantsFilesThatAreThere() {
        assertThat(run("check", folder.resolve("no.yaml"))).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("vedette: " + folder.resolve("no.yaml") + ": there is no such file, or it cannot be read"
                        + System.lineSeparator());

        assertThat(run("check")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required parameter: 'FILE', or -c vedette.yaml");
    }

    @Test
    void checkTellsOfAFileThatIsNotThereBehindWhatIsWrongWithTheOthers() throws IOException {
        Path mine = write("mine.yaml", RULE.replace("warning", "bad"));

        assertThat(run("check", mine, folder.resolve("no.yaml"))).isEqualTo(2);

        assertThat(told().lines())
                .containsExactly(
                        "mine.yaml:8:15: 'bad' is not known here; known: info, warning, critical",
                        "1 mistake, 0 warnings");
        assertThat(err.toString())
                .isEqualTo("vedette: " + folder.resolve("no.yaml") + ": there is no such file, or it cannot be read"
                        + System.lineSeparator());
    }

    @Test
    void listShowsEachRuleWithItsLevelsAndWhereParametersComeFrom() throws IOException {
        write("mine.yaml", RULE);
        write("levels.yaml", LEVELS);
        Path configuration = write("vedette.yaml", """
                rules: [mine.yaml, levels.yaml]
                models:
                  glm: {parameters: {mine: {limit: 9}, restarts: {two: 3}}}
                  night: {profile: batch}
                """);

        assertThat(run("list", "-c", configuration)).isZero();

        assertThat(told()).isEqualTo("""
                mine  (mine.yaml:2)
                  family queue; replica; serving; only interactive; window 1m
                  warning   for 2m    limit = 5  (line 9)
                                      limit = 9 for glm  (vedette.yaml:3)

                restarts  (levels.yaml:2)
                  replica, model; in any state; only glm, qwen; window 5m
                  all levels          all = 1  (line 7)
                  critical  for 1m    four = 4  (line 11)
                  warning   for 0s    two = 2  (line 10)
                                      two = 3 for glm  (vedette.yaml:3)

                2 rules from mine.yaml, levels.yaml; windows 1m, 5m, 10m
                model glm: interactive, 2 of them
                model night: batch, 0 of them
                """);
    }

    @Test
    void listShowsTheShippedRulesIn120Columns() {
        assertThat(run("list")).isZero();

        assertThat(out.toString().lines())
                .contains("queue-blocked  (rules/default.yaml:" + line("queue-blocked") + ')')
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }

    private static int line(String id) {
        try {
            return Files.readAllLines(Path.of("../rules/default.yaml")).indexOf("  - id: " + id) + 1;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void listSpeaksJson() throws IOException {
        write("levels.yaml", LEVELS);
        Path configuration =
                write("vedette.yaml", "rules: [levels.yaml]\nmodels: {glm: {parameters: {restarts: {two: 3}}}}\n");

        assertThat(run("list", "--json", "-c", configuration)).isZero();

        assertThat(told().replaceAll("\\s", "")).isEqualTo("""
                {"rules":[{"id":"restarts","source":"levels.yaml:2","family":"restarts","scope":["replica","model"],\
                "states":["starting","warming","serving","idle","sleeping","down"],\
                "profiles":["interactive","reasoning","batch"],"models":["glm","qwen"],"window":"5m","keep_firing_for":"1m","hold_unknown":"5m",\
                "parameters":[{"name":"all","value":1.0,"source":"levels.yaml:7","models":{}}],\
                "levels":[{"severity":"critical","for":"1m",\
                "parameters":[{"name":"four","value":4.0,"source":"levels.yaml:11","models":{}}]},\
                {"severity":"warning","for":"0s","parameters":[{"name":"two","value":2.0,"source":"levels.yaml:10",\
                "models":{"glm":{"value":3.0,"source":"vedette.yaml:2"}}}]}]}],\
                "models":{"glm":{"profile":"interactive","rules":["restarts"]}}}""");
    }

    @Test
    void testEndsWith0Or1AsTheTestsDo() throws IOException {
        write("mine.yaml", RULE);
        Path good = write("good.test.yaml", """
                rules: [mine.yaml]
                tests: [{name: eight, series: {requests_waiting: 8}, expect: {2m: mine warning}}]
                """);
        Path bad = write("bad.test.yaml", Files.readString(good).replace("mine warning", "none"));

        assertThat(run("test", good)).isZero();
        assertThat(run("test", good, bad)).isEqualTo(1);

        assertThat(told()).isEqualTo("""
                good.test.yaml: 1 test, all hold
                good.test.yaml: 1 test, all hold
                FAILED eight (bad.test.yaml:2)
                  at 2m (line 2):
                  + mine warning firing on replica-1, value 8, threshold 5 (since 2m)
                      mine warning on replica-1 is true, held for 2m; it fires after 2m
                        true    requests_waiting > limit  8, 5

                bad.test.yaml: 1 test, 1 failed
                """);
    }

    @Test
    void testEndsWith2WhenTheRulesHaveAMistake() throws IOException {
        write("mine.yaml", RULE.replace("warning", "bad"));
        Path tests = write(
                "mine.test.yaml", "rules: [mine.yaml]\ntests: [{name: x, series: {up: 1}, expect: {1m: none}}]\n");

        assertThat(run("test", tests)).isEqualTo(2);

        assertThat(err.toString().replace(folder + "/", ""))
                .isEqualTo("vedette: mine.yaml:8:15: 'bad' is not known here; known: info, warning, critical"
                        + System.lineSeparator());
    }

    private String told() {
        return out.toString().replace(folder + "/", "");
    }

    private int run(Object... arguments) {
        String[] typed = new String[arguments.length + 1];
        typed[0] = "rules";
        for (int i = 0; i < arguments.length; i++) {
            typed[i + 1] = arguments[i].toString();
        }
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(typed);
    }
}
