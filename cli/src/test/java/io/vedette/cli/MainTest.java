package io.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void listsItsCommands() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString()).contains("up ", "replay ", "doctor ");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void tellsItsVersion() {
        assertThat(run("--version")).isZero();

        assertThat(out.toString()).matches("vedette \\d+\\.\\d+\\.\\d+\\S*\\R");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            up --fersh      | vedette: unknown: '--fersh'; did you mean '--fresh'? (vedette up --help shows what there is)
            upp             | vedette: unknown: 'upp'; did you mean 'up'? (vedette --help shows what there is)
            replay          | vedette: Missing required parameter: 'CAPTURE' (vedette replay --help shows what there is)
            replay nowhere  | vedette: nowhere: there is no such folder; a capture has scrapes.tar.xz, .tar.gz or .tar, or files named UNIX_MILLIS.prom
            doctor -c no    | vedette: no: there is no such file
            up --target x:y | vedette: --target: url has no host or no right port: 'http://x:y'; write http://host:port/metrics
            """)
    void tellsAUsersMistakeInOneLine(String arguments, String message) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);

        assertThat(err.toString()).isEqualTo(message + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
