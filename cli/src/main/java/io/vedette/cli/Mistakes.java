package io.vedette.cli;

import io.vedette.model.yaml.ConfigurationException;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
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
            String suggestions = unmatched.getSuggestions().stream()
                    .map(suggestion -> "'" + suggestion + "'")
                    .collect(Collectors.joining(" or "));
            return "unknown: '" + String.join(" ", unmatched.getUnmatched()) + "'"
                    + (suggestions.isEmpty() ? "" : "; did you mean " + suggestions + "?");
        }
        return String.valueOf(mistake.getMessage()).lines().findFirst().orElse("wrong usage");
    }

    private static int told(CommandLine line, String mistake) {
        line.getErr().println("vedette: " + mistake);
        return Main.WRONG_USAGE;
    }
}
