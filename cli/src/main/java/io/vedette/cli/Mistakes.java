package io.vedette.cli;

import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.NearestName;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a user's mistake in one line on stderr. What is no mistake of the user's keeps its stack trace, for whoever mends it. */
final class Mistakes implements IParameterExceptionHandler, IExecutionExceptionHandler {
    @Override
    public int handleParseException(ParameterException mistake, String[] arguments) {
        CommandLine line = mistake.getCommandLine();
        return told(
                line, oneLine(mistake) + " (" + line.getCommandSpec().qualifiedName() + " --help shows what there is)");
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
        if (e instanceof ConfigurationException || e instanceof UserMistake) {
            return told(line, String.valueOf(e.getMessage()));
        }
        PrintWriter err = line.getErr();
        err.println("vedette: this is a fault of Vedette's own; please report it with what follows");
        e.printStackTrace(err);
        return Main.FOUND_SOMETHING;
    }

    private static String oneLine(ParameterException mistake) {
        if (mistake instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            CommandSpec spec = mistake.getCommandLine().getCommandSpec();
            List<String> known = new ArrayList<>(spec.optionsMap().keySet());
            known.addAll(spec.subcommands().keySet());
            return "unknown: '" + word + "'"
                    + NearestName.of(word, known)
                            .map(name -> "; did you mean '" + name + "'?")
                            .orElse("");
        }
        return String.valueOf(mistake.getMessage()).lines().findFirst().orElse("wrong usage");
    }

    private static int told(CommandLine line, String mistake) {
        line.getErr().println("vedette: " + mistake);
        return Main.WRONG_USAGE;
    }
}
