package dev.diagbundle.analyze.rules;

/// Certificates for tests, as configurations of webhooks hold them.
final class TestCertificates {
  /// An authority that ended on 20 November 2026, at midnight.
  static final String EXPIRED =
      "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJCVENCckFJQkFUQUtCZ2dxaGtqT1BRUURBakFQ"
          + "TVEwd0N3WURWUVFEREFSMFpYTjBNQjRYRFRJMU1URXkKTURBd01EQXdNRm9YRFRJMk1URXlNREF3TURB"
          + "d01Gb3dEekVOTUFzR0ExVUVBd3dFZEdWemREQlpNQk1HQnlxRwpTTTQ5QWdFR0NDcUdTTTQ5QXdFSEEw"
          + "SUFCS0JaZmNvOXpBVlZoQXJtMWMvMENhK3phb0l5anpSMS9WdDNQNFNlCm5Rcm1BQUsrN3NScnNoVE1X"
          + "bW1jcGpjQkozcW1nSzBGS2pCcGRpOXpINkFKUU1Rd0NnWUlLb1pJemowRUF3SUQKU0FBd1JRSWdETWh5"
          + "Ty9JZXNlUmZ5ZnI3ZkNyTHFlamZ4QUErNTc2UmlETjlrb0M1TzlVQ0lRQ0QvUmhOTnBxVQovVi8xL2I4"
          + "cWJyQkFQUDU3T3NlZWQ2SnBiL3dyd1FEeHdBPT0KLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=";

  private TestCertificates() {}
}
