package dev.diagbundle.bundle.write;

/// What decides whether an entry gets into a bundle that has no room for all.
///
/// @param importance of its kind
/// @param order within that, the lowest first
/// @param source the node that it is from, which shares fairly with others; empty for the cluster
/// @param log whether it is made of lines, so that a part of it is of use
public record Priority(PriorityTier importance, int order, String source, boolean log) {}
