package io.vedette.jobs.rules;

import dev.cel.common.CelAbstractSyntaxTree;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;

/**
 * An expression that dev.cel has parsed and checked.
 *
 * @param where the value in the file, for mistakes
 * @param text as written
 * @param offset of the text in the value
 * @param tree checked; whole numbers have become doubles
 */
record Expression(YamlValue where, String text, int offset, CelAbstractSyntaxTree tree) {
    /** What it is, for people. */
    enum Kind {
        CONDITION("a condition"),
        NUMBER("a number"),
        TEXT("a text");

        private final String described;

        Kind(String described) {
            this.described = described;
        }

        String described() {
            return described;
        }
    }

    Kind kind() {
        return switch (tree.getResultType().name()) {
            case "bool" -> Kind.CONDITION;
            case "double" -> Kind.NUMBER;
            default -> Kind.TEXT;
        };
    }

    /** A mistake at a node of the tree. */
    ConfigurationException mistake(long nodeId, String problem) {
        Integer found = tree.getSource().getPositionsMap().get(nodeId);
        if (found == null) {
            return where.mistake(problem);
        }
        int at = text.offsetByCodePoints(0, Math.min(found, text.codePointCount(0, text.length())));
        // dev.cel says where a call's parenthesis stands; people look for its name.
        if (at < text.length() && text.charAt(at) == '(') {
            while (at > 0 && (text.charAt(at - 1) == '.' || Character.isJavaIdentifierPart(text.charAt(at - 1)))) {
                at--;
            }
        }
        return where.mistakeAt(offset + at, problem);
    }
}
