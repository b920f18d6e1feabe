import { describe, expect, it } from 'vitest';
import { aFile, aFolder } from '../testing/a-source-file.ts';
import { artifactName } from './artifact-name.ts';

const plain = { archive: false, archiveName: null };
const packed = { archive: true, archiveName: null };

describe('artifactName', () => {
  it('is the own name of a plain file, whatever name an archive would have', () => {
    expect(artifactName([aFile('report.pdf')], plain)).toBe('report.pdf');
    expect(artifactName([aFile('report.pdf')], { archive: false, archiveName: 'other' })).toBe('report.pdf');
  });

  it('is the stem of a single file that is to be packed, and the whole name of a folder', () => {
    expect(artifactName([aFile('report.pdf')], packed)).toBe('report.zip');
    expect(artifactName([aFile('survey.tar.gz')], packed)).toBe('survey.zip');
    expect(artifactName([aFolder('release v1.2', [])], plain)).toBe('release v1.2.zip');
  });

  it('counts several files', () => {
    expect(artifactName([aFile('a'), aFile('b'), aFolder('c', [])], packed)).toBe('download-3-files.zip');
  });

  it('is the wished name, with the ending it lacks', () => {
    expect(artifactName([aFile('a'), aFile('b')], { archive: true, archiveName: 'March' })).toBe('March.zip');
    expect(artifactName([aFile('a'), aFile('b')], { archive: true, archiveName: 'March.ZIP' })).toBe('March.ZIP');
    expect(artifactName([aFolder('a', [])], { archive: false, archiveName: 'March' })).toBe('March.zip');
  });

  it('takes no wish that leads anywhere', () => {
    expect(artifactName([aFile('a'), aFile('b')], { archive: true, archiveName: '../../etc/passwd' })).toBe('.._.._etc_passwd.zip');
    expect(artifactName([aFile('a'), aFile('b')], { archive: true, archiveName: '..' })).toBe('download-2-files.zip');
  });

  it('makes up a name where nothing of the own one can be kept', () => {
    expect(artifactName([aFile('\u202E..')], plain)).toBe('file-70000');
  });
});
