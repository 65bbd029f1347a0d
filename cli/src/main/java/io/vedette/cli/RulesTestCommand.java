package io.vedette.cli;

import io.vedette.cli.ruletest.RuleTests;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vedette rules test}. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {
            "Tries rules on series that are written down, with the computation that up has, and holds the alerts against what",
            "was expected. docs/rules.md describes the files."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all tests hold", "1:a test failed", "2:a file or its rules have a mistake"})
final class RulesTestCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "files of tests, such as rules/default.test.yaml")
    List<Path> files = List.of();

    @Override
    public Integer call() {
        Logging.start(false);
        return RuleTests.run(files, spec.commandLine().getOut()) ? Main.OK : Main.FOUND_SOMETHING;
    }
}
