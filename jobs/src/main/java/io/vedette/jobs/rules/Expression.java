package io.vedette.jobs.rules;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelUnparserFactory;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.util.Locale;

/**
 * An expression that dev.cel has parsed and checked.
 *
 * @param where the value in the file, for mistakes
 * @param text as written
 * @param tree checked; whole numbers have become doubles
 */
record Expression(YamlValue where, String text, CelAbstractSyntaxTree tree) {
    /** Whether it is a condition rather than a number. */
    boolean isCondition() {
        return tree.getResultType().name().equals("bool");
    }

    /** A part of the expression, written in the one way that does not depend on spaces and brackets. */
    String textOf(CelExpr part) {
        return CelUnparserFactory.newUnparser().unparse(CelAbstractSyntaxTree.newParsedAst(part, tree.getSource()));
    }

    /** A mistake at a node of the tree. */
    ConfigurationException mistake(long nodeId, String problem) {
        Integer offset = tree.getSource().getPositionsMap().get(nodeId);
        return offset == null
                ? where.mistake(problem)
                : tree.getSource()
                        .getOffsetLocation(offset)
                        .map(location -> mistake(where, text, location, problem))
                        .orElseGet(() -> where.mistake(problem));
    }

    static ConfigurationException mistake(YamlValue where, String text, CelSourceLocation at, String problem) {
        String place = text.contains("\n")
                ? String.format(Locale.ROOT, "line %d, character %d", at.getLine(), at.getColumn() + 1)
                : "character " + (at.getColumn() + 1);
        return where.mistake("in '" + text.strip() + "' at " + place + ": " + problem);
    }
}
