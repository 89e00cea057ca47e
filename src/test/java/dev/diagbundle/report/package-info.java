@NullMarked
package dev.diagbundle.report;

import org.jspecify.annotations.NullMarked;
