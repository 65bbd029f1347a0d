package io.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vedette replay} as it is typed: exit codes, and what is told where. */
class ReplayCommandIT {
    private static final Path CAPTURES = Path.of("../captures");
    private static final String ARCHIVE = "scrapes.tar.xz";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void endsWith1WhenSomethingFiredAndThatIsAFailure() {
        assertThat(run(CAPTURES.resolve("restart"), "--fail-on-firing")).isEqualTo(1);

        assertThat(out.toString().lines().skip(1))
                .containsExactly(
                        "86 scrapes, 24 failed (24 refused); 167 frames",
                        "",
                        "after  state     severity  alert        where    what",
                        "4m2s   firing    critical  target-down  restart  restart (tiny): its metrics have not been readable for"
                                + " 62.2 s (limit 60 s); the last attempt failed with: refused.",
                        "5m57s  resolved  critical  target-down  restart  recovered after 1m55s");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void endsWith0WhenNothingFired() {
        assertThat(run(CAPTURES.resolve("fleet/plain"), "--fail-on-firing")).isZero();

        assertThat(out.toString()).startsWith("1 target (plain), ").endsWith("\n\nnothing fired\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void letsABrokenCaptureHarmNoNeighbour() throws IOException {
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(broken.resolve(ARCHIVE), "garbage");

        assertThat(run(CAPTURES.resolve("restart"), broken)).isZero();

        assertThat(out.toString().lines())
                .contains("problem: " + broken.resolve(ARCHIVE) + " cannot be read at all (it ends too early)")
                .anyMatch(line -> line.startsWith("4m2s   firing    critical  target-down  restart"));
    }

    @Test
    void refusesCapturesOfWhichNoneCanBeRead() throws IOException {
        Files.writeString(folder.resolve(ARCHIVE), "garbage");

        assertMistake(
                "there is nothing to replay: " + folder.resolve(ARCHIVE) + " cannot be read at all (it ends too early)",
                folder);
    }

    @Test
    void refusesAnEmptyFolder() {
        assertMistake(
                folder + ": neither a capture nor a folder of captures; a capture has scrapes.tar.xz, .tar.gz or .tar,"
                        + " or files named UNIX_MILLIS.prom",
                folder);
    }

    @Test
    void namesALineOfTargetYamlThatIsWrong() throws IOException {
        Files.copy(CAPTURES.resolve("restart").resolve(ARCHIVE), folder.resolve(ARCHIVE));
        Path target = Files.writeString(folder.resolve("target.yaml"), "url: http://gpu-7:8000\nrack: r12\n");

        assertMistake(target + ":2:1: unknown key 'rack'; known: gpus, labels, node, url", folder);
    }

    @Test
    void namesALineOfTheRulesThatIsWrong() throws IOException {
        Path rules = Files.writeString(folder.resolve("mine.yaml"), "rules:\n  - id: slow\n    whem: up == 0\n");

        assertThat(run("--rules", rules, CAPTURES.resolve("restart"))).isEqualTo(2);

        assertThat(err.toString())
                .startsWith(
                        "vedette: " + rules + ":2:5: 'severity' is missing; and 3 more: ./vedette rules check " + rules)
                .hasLineCount(1);
    }

    @Test
    void findsOutThatAFileCannotBeWrittenBeforeTheWork() {
        Path derived = folder.resolve("no/derived.csv");

        assertMistake(
                derived + " cannot be written: its folder does not exist",
                "--derived",
                derived,
                CAPTURES.resolve("restart"));
    }

    @Test
    void putsRulesOfTheUsersInThePlaceOfThoseThatAreShipped() throws IOException {
        Path rules = busy();

        assertThat(run("--rules", rules, CAPTURES.resolve("restart"))).isZero();

        assertThat(out.toString())
                .contains(
                        "  info      busy   restart  ",
                        "\nThese rules ran in the place of the shipped ones; to run both, name those too: --rules rules/default.yaml",
                        "\n0 alerts as with the shipped rules; otherwise:\nchange  family       where    with the shipped rules",
                        "\nmore    busy         restart  -  ",
                        "\nfewer   target-down  restart  target-down critical after 4m2s for 1m55s  -\n");
    }

    @Test
    void putsRulesOfTheUsersBesideThoseThatAreShipped() throws IOException {
        assertThat(run("--rules", "rules/default.yaml", "--rules", busy(), CAPTURES.resolve("restart")))
                .isZero();

        assertThat(out.toString())
                .contains("\n1 alert as with the shipped rules; otherwise:\n", "\nmore    busy    restart  -  ")
                .doesNotContain("fewer", "in the place of");
    }

    @Test
    void heedsWhatAConfigurationSaysOfRulesModelsEnginesAndWindows() throws IOException {
        busy();
        Files.writeString(
                folder.resolve("engine.yaml"),
                "engine: mine\nlabels: {}\nsignals: {preemptions: [mine_preemptions]}\n");
        Path configuration = Files.writeString(folder.resolve("vedette.yaml"), """
                agent: {targets: [{url: "http://127.0.0.1:1/", authorization: {credentials_file: nowhere}}]}
                engines: [engine.yaml]
                rules: [rules/default.yaml, mine.yaml]
                models: {tiny: {parameters: {busy: {limit: 1000}}}}
                derived: {windows: [1m, 2m, 5m, 10m]}
                """);
        Path derived = folder.resolve("derived.csv");

        assertThat(run("-c", configuration, "--derived", derived, CAPTURES.resolve("restart")))
                .isZero();

        assertThat(out.toString()).endsWith("\n1 alert as with the shipped rules\n");
        assertThat(Files.readString(derived)).contains("2m");
    }

    private Path busy() throws IOException {
        return Files.writeString(folder.resolve("mine.yaml"), """
                rules:
                  - id: busy
                    family: busy
                    scope: [replica]
                    when: requests_running >= limit
                    for: 0s
                    severity: info
                    parameters: {limit: 1}
                    value: requests_running
                    threshold: limit
                    summary: "{value} requests are running"
                    action: "nothing"
                """);
    }

    private void assertMistake(String message, Object... arguments) {
        assertThat(run(arguments)).isEqualTo(2);

        assertThat(err.toString()).isEqualTo("vedette: " + message + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    private int run(Object... arguments) {
        String[] typed = new String[arguments.length + 1];
        typed[0] = "replay";
        for (int i = 0; i < arguments.length; i++) {
            typed[i + 1] = arguments[i].toString();
        }
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(typed);
    }
}
